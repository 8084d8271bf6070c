/** Where the app answers. A check holds it equal to `application_url` in shopify.app.toml. */
export const appUrl = 'https://example.com';
