// What every page has: a menu, a theme, questions before consequences, notices.
import "./confirm.js";
import "./leave.js";
import "./menu.js";
import "./notices.js";
import "./theme.js";
