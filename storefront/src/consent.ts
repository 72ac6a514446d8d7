// What the visitor allows, as Shopify's Customer Privacy API says it.
// https://shopify.dev/docs/api/customer-privacy

export interface CustomerPrivacy {
  analyticsProcessingAllowed(): boolean;
  marketingAllowed(): boolean;
}

/** The parts of the theme's global `Shopify` that are used here. */
export interface Shopify {
  customerPrivacy?: CustomerPrivacy;
  designMode?: boolean;
  loadFeatures?(
    features: { name: string; version: string }[],
    done: (error?: unknown) => void,
  ): void;
}

/** Whether both are allowed: what Netcore does with a visit is analytics and marketing. */
export function isAllowed(privacy: CustomerPrivacy | undefined): boolean {
  return Boolean(privacy?.analyticsProcessingAllowed() && privacy.marketingAllowed());
}

/** Calls `tell` with what is allowed now, and again whenever the visitor decides. */
export function onConsent(shopify: Shopify | undefined, tell: (allowed: boolean) => void): void {
  const ask = () => tell(isAllowed(shopify?.customerPrivacy));
  document.addEventListener("visitorConsentCollected", ask);
  shopify?.loadFeatures?.([{ name: "consent-tracking-api", version: "0.1" }], (error) => {
    if (!error) ask();
  });
}
