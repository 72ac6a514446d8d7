// Stands in for what Shopify gives themes: the Customer Privacy API. Consent lies in a cookie;
// without one nothing is allowed, as where visitors have to be asked first.
(() => {
  const allowed = (purpose) => document.cookie.includes(`${purpose}=yes`);
  const customerPrivacy = {
    analyticsProcessingAllowed: () => allowed("analytics"),
    marketingAllowed: () => allowed("marketing"),
    setTrackingConsent(consent, done = () => {}) {
      for (const [purpose, yes] of Object.entries(consent)) {
        document.cookie = `${purpose}=${yes ? "yes" : "no"}; path=/`;
      }
      document.dispatchEvent(new CustomEvent("visitorConsentCollected", { detail: consent }));
      done();
    },
  };
  window.Shopify = {
    loadFeatures(features, done) {
      setTimeout(() => {
        if (features[0].name !== "consent-tracking-api") return done(new Error("no such feature"));
        window.Shopify.customerPrivacy = customerPrivacy;
        done();
      });
    },
  };
  window.consent = (analytics, marketing) => customerPrivacy.setTrackingConsent({ analytics, marketing });
})();
