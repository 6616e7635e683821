// Runs before the first paint, so that nobody who chose dark sees a white flash.
(() => {
  let wish = "auto";
  try {
    wish = localStorage.getItem("twinspan-theme") ?? "auto";
  } catch {
    // A browser that keeps nothing follows the system.
  }
  if (wish === "light" || wish === "dark") {
    document.documentElement.dataset.theme = wish;
  }
})();
