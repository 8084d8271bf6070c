import { databaseAnswers, type Database } from '~/db/database';

/** Whether this process can do its work: the database answers. */
export const isReady = (database: Pick<Database, 'prisma'>): Promise<boolean> => databaseAnswers(database);
