// A Yjs document for each restaurant, kept by Hocuspocus: written to PostgreSQL whole, 2 to 10 seconds after an edit, so a crash
// loses what was acknowledged since. No role is checked and no conflict told: the later of two edits wins.
import { Server } from "@hocuspocus/server";
import pg from "pg";
import * as Y from "yjs";

const pool = new pg.Pool({ connectionString: process.env.DATABASE_URL, max: 10 });
await pool.query("CREATE TABLE IF NOT EXISTS bench_document (name text PRIMARY KEY, state bytea NOT NULL)");

await new Server({
  port: Number(process.env.PORT),
  address: "127.0.0.1",
  quiet: true,
  debounce: 2000,
  maxDebounce: 10000,
  async onLoadDocument({ document, documentName }) {
    const { rows } = await pool.query("SELECT state FROM bench_document WHERE name = $1", [documentName]);
    if (rows.length) Y.applyUpdate(document, rows[0].state);
  },
  async onStoreDocument({ document, documentName }) {
    await pool.query(
      "INSERT INTO bench_document VALUES ($1, $2) ON CONFLICT (name) DO UPDATE SET state = excluded.state",
      [documentName, Buffer.from(Y.encodeStateAsUpdate(document))],
    );
  },
}).listen();
