# Rscript lectures.R FILE TIMES: fit the lectures with lme4 and print what was found, one `name value` a line.
given <- commandArgs(trailingOnly = TRUE)
suppressMessages(library(lme4))
began <- proc.time()[["elapsed"]]
ratings <- read.csv(given[1])
ratings$s <- factor(ratings$s)
ratings$d <- factor(ratings$d)
cat("read", proc.time()[["elapsed"]] - began, "\n")
quick <- lmerControl(calc.derivs = FALSE)
for (time in seq_len(as.integer(given[2]))) {
  taken <- system.time(found <- lmer(y ~ 1 + (1 | s) + (1 | d), ratings))[["elapsed"]]
  cat("fit", taken, "\n")
}
if (as.integer(given[2]) > 1) {
  cat("quick", system.time(lmer(y ~ 1 + (1 | s) + (1 | d), ratings, control = quick))[["elapsed"]], "\n")
}
variances <- as.data.frame(VarCorr(found))
for (row in seq_len(nrow(variances)))
  cat(sub("Residual", "residual", variances$grp[row]), format(variances$vcov[row], digits = 15), "\n")
cat("criterion", format(REMLcrit(found), digits = 15), "\n")
cat("intercept", format(fixef(found)[[1]], digits = 15), "\n")
cat("error", format(sqrt(vcov(found)[1, 1]), digits = 15), "\n")
cat("version", as.character(packageVersion("lme4")), "\n")
