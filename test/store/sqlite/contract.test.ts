import { storeContract } from '../../contract/store.js';
import { sqlitePlace } from './place.js';

storeContract('SQLite', sqlitePlace);
