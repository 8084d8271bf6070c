/** Shopify asks the merchant for more access scopes, in its own dialog. Whether all of them were granted. */
export const askScopes = async (scopes: readonly string[]): Promise<boolean> => {
  try {
    return (await shopify.scopes.request([...scopes])).result === 'granted-all';
  } catch {
    // Whoever closes the dialog has not granted anything, and may be asked again.
    return false;
  }
};
