/* A step begins at its top. Streamlit leaves the page scrolled as it was, so whoever pressed "Next"
   at the end of one screen would find himself at the end of the next.

   A step is what the address names here; what else stands in an address changes only what is shown
   of it. Going back in the browser is left to the browser. */
(() => {
  const NAMES = ["ability", "attempt", "item", "lesson", "part", "shop", "skill"];

  const step = () => {
    const named = new URLSearchParams(location.search);
    return [location.pathname, ...NAMES.map((name) => named.get(name))].join("&");
  };

  const push = history.pushState;
  history.pushState = function (...given) {
    const before = step();
    push.apply(this, given);
    if (step() !== before) {
      document.querySelector("[data-testid=stMain]")?.scrollTo({ top: 0 });
    }
  };
})();
