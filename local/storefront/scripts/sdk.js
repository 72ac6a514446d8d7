// Stands in for Netcore's web SDK: it only records how it is called, here and at the server.
(() => {
  const calls = (window.sdkCalls = []);
  const tells = !document.currentScript.src.includes("quiet"); // asked for where time is measured
  window.smartech = (...call) => {
    calls.push(call);
    // All of this page so far: beacons overtake each other.
    const page = performance.timeOrigin;
    if (tells) navigator.sendBeacon("/_sdk", JSON.stringify({ page, calls }));
  };
  // The sign-in form of a web message, which Netcore's SDK shows by itself.
  window.signIn = (key) => window.smartech("contact", 7, { "pk^CUSTID": key, FIRST_NAME: "Ada" });
})();
