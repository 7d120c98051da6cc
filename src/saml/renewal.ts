/**
 * How long before a certificate expires the next one should be made, in days: service providers that read no metadata are told by
 * hand, which takes their administrators weeks.
 */
export const RENEWAL_DAYS = 60;
