import { buildApp } from 'test/devstore/process/launch';
import { prepareDatabases } from './prepareDatabases';

/** The app is built once, and the databases are made once: the tests that start them share both. */
export const setup = (): Promise<() => Promise<void>> => {
  if (process.env.FIDELIO_TEST_BUILD !== 'skip') buildApp();
  return prepareDatabases();
};
