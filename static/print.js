/* Prints the page at the press of one button: two keys at once are hard for weak hands. Without
   this the page is whole, and says how to print it. */

"use strict";

(() => {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "button";
  button.textContent = "Print";
  button.addEventListener("click", () => window.print());
  const place = document.createElement("p");
  place.append(button);
  document.getElementById("how-title").after(place);
})();
