// While weights are typed, their sum stands below them.
import { fill } from "./words.js";

const form = document.querySelector("form[data-weights]");

function tell() {
  const output = form.querySelector("output");
  const fields = [...form.querySelectorAll("input[data-weight]")];
  const sum = fields.reduce((whole, { valueAsNumber }) => whole + (valueAsNumber || 0), 0);
  const left = 100 - sum;
  const { whole, short, over } = output.dataset;
  output.value = left === 0 ? whole : fill(left > 0 ? short : over, { sum, left: Math.abs(left) });
  output.classList.toggle("good", left === 0);
  output.classList.toggle("warn", left !== 0);
}

form?.addEventListener("input", tell);
if (form) tell();
