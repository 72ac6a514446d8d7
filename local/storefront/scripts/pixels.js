// Stands in for Shopify's pixel manager: runs the app's pixel in a worker of a sandbox without
// origin, only where both purposes that it declares are allowed, and replays what came before.
(() => {
  const { code, settings, init, events } = JSON.parse(document.getElementById("pixels").textContent);
  const privacy = () => ({
    analyticsProcessingAllowed: document.cookie.includes("analytics=yes"),
    marketingAllowed: document.cookie.includes("marketing=yes"),
    preferencesProcessingAllowed: false,
    saleOfDataAllowed: false,
  });
  const published = [...events];
  let frame = null;
  const tell = (message) => frame?.contentWindow.postMessage(message, "*");
  window.publish = (event) => (frame ? tell({ event }) : published.push(event));

  function start() {
    const worker = `
      const subscribed = {};
      const subscribe = (name, act) => { (subscribed[name] ??= []).push(act); return () => true; };
      const publish = (name, event) => (subscribed[name] ?? []).forEach((act) => act(event));
      const told = ${JSON.stringify({ settings, init: { ...init, customerPrivacy: privacy() } })};
      self.shopify = { extend: (point, run) => run({
        analytics: { subscribe }, customerPrivacy: { subscribe }, browser: {}, ...told,
      }) };
      onmessage = ({ data }) => data.event
        ? publish(data.event.name, data.event)
        : publish("visitorConsentCollected", { customerPrivacy: data.privacy });
      ${code}`;
    const inside = `
      const blob = new Blob([${JSON.stringify(worker).replaceAll("<", "\\u003c")}], { type: "text/javascript" });
      const worker = new Worker(URL.createObjectURL(blob));
      onmessage = ({ data }) => worker.postMessage(data);
      parent.postMessage("pixel runs", "*");`;
    frame = document.createElement("iframe");
    frame.setAttribute("sandbox", "allow-scripts");
    frame.hidden = true;
    frame.srcdoc = `<script>${inside}<\/script>`;
    addEventListener("message", ({ data }) => data === "pixel runs" &&
      published.splice(0).forEach((event) => tell({ event })));
    document.body.append(frame);
  }

  const allowed = ({ analyticsProcessingAllowed, marketingAllowed }) =>
    analyticsProcessingAllowed && marketingAllowed;
  document.addEventListener("visitorConsentCollected", () =>
    frame ? tell({ privacy: privacy() }) : allowed(privacy()) && start());
  if (allowed(privacy())) start();
})();
