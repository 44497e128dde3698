// Not a module, so that it runs before anything is painted.
(function () {
  let theme = "auto";
  try {
    theme = localStorage.getItem("verbatim.theme") || "auto";
  } catch {
    // Storage may be forbidden; the system's choice is a good one.
  }
  document.documentElement.dataset.theme = theme;
})();
