import { useEffect, useState } from 'react';

/**
 * Whether the page's script has taken over. A form sent before that would go out without the session token,
 * come back as a fresh page and lose what was typed: until then, what sends it is disabled.
 */
export const useHydrated = (): boolean => {
  const [hydrated, setHydrated] = useState(false);
  useEffect(() => setHydrated(true), []);
  return hydrated;
};
