import { buildApp } from 'test/devstore/process/launch';

/** The app is built once; the tests that start it share the build. */
export const setup = (): void => {
  if (process.env.FIDELIO_TEST_BUILD !== 'skip') buildApp();
};
