// The theme's own script: an Ajax cart, as many themes have one.
(() => {
  const post = (path, body) =>
    fetch(path, { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) });
  window.cart = {
    add: (id, quantity = 1) => post("/cart/add.js", { id, quantity }),
    change: (id, quantity) => post("/cart/change.js", { id, quantity }),
  };
})();
