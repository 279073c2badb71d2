/* Prints the page at the press of one button: two keys at once are hard for weak hands. The
   button is hidden where no script runs, and the page says how to print without it. */

"use strict";

(() => {
  const place = document.getElementById("print-place");
  place.querySelector("button").addEventListener("click", () => window.print());
  place.hidden = false;
})();
