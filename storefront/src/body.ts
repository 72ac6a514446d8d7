// One event as `POST /collect` takes it.

export interface Body {
  store: string;
  /** The pixel's; a headless storefront is known by its origin instead. */
  key?: string;
  name: string;
  /** Names this event: the same one sent twice counts once. */
  id: string;
  /** When it happened, ISO 8601 with zone. */
  at: string;
  /** Anonymous: says which events belong together, not whose they are. */
  visitor: string;
  consent: { analytics: true; marketing: true };
  checkout_token?: string;
  cart_token?: string;
  params: Record<string, unknown>;
}
