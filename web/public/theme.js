// Before anything is drawn: the theme that was chosen, else the system's. Changes of it are the app's (src/theme/theme.ts).
(function () {
  var chosen = null;
  try {
    chosen = localStorage.getItem("journal.theme");
  } catch (_) {
    // Storage may be forbidden; the system's theme it is.
  }
  var dark = chosen === "dark" || (chosen !== "light" && matchMedia("(prefers-color-scheme: dark)").matches);
  document.documentElement.dataset.theme = dark ? "dark" : "light";
})();
