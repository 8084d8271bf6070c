/** The languages of the extensions. */
export const languages = ['en', 'it', 'de', 'fr', 'es'] as const;
