// What a Node developer would write: Socket.IO, and PostgreSQL with one transaction for each edit. It stores the same rows as
// ShiftSync, durably and before anybody hears, and checks nothing: no role, no conflict, no repeat.
import { randomUUID } from "node:crypto";
import { createServer } from "node:http";
import pg from "pg";
import { Server } from "socket.io";

const pool = new pg.Pool({ connectionString: process.env.DATABASE_URL, max: 10 });
const columns = "restaurant_id, schedule_id, staff_id, date, value, is_locked, revision";
const statements = {
  version: "UPDATE realtime_stream SET version = version + 1 WHERE restaurant_id = $1 RETURNING version",
  cell: `INSERT INTO schedules_shift (id, ${columns}) VALUES ($1, $2, $3, $4, $5, $6, false, $7)
    ON CONFLICT (schedule_id, staff_id, date) DO UPDATE SET value = excluded.value, revision = excluded.revision RETURNING id`,
  history: `INSERT INTO schedules_historicalshift (id, ${columns}, history_date, history_type, history_user_id)
    VALUES ($1, $2, $3, $4, $5, $6, false, $7, now(), '~', $8)`,
  change: `INSERT INTO realtime_change (restaurant_id, version, topic, type, entity, entity_id, payload, old_values, actor_id,
    client_id, request_id, is_undo, is_dropped, created_at)
    VALUES ($1, $2, 'shifts', 'SHIFT_BROADCAST', 'schedule', $3, $4, '{}', $5, 'peer', $6, false, false, now())`,
  request: `INSERT INTO realtime_request (restaurant_id, user_id, request_id, content_hash, version, answer, created_at)
    VALUES ($1, $2, $3, '', $4, $5, now())`,
};

async function store(edit) {
  const client = await pool.connect();
  const run = (name, values) => client.query({ name, text: statements[name], values });
  const { restaurant, schedule, user, staff, date, value, requestId } = edit;
  try {
    await client.query("BEGIN");
    const version = (await run("version", [restaurant])).rows[0].version;
    const id = (await run("cell", [randomUUID(), restaurant, schedule, staff, date, value, version])).rows[0].id;
    await run("history", [id, restaurant, schedule, staff, date, value, version, user]);
    await run("change", [restaurant, version, schedule, JSON.stringify({ staff, date, value }), user, requestId]);
    await run("request", [restaurant, user, requestId, version, JSON.stringify({ version })]);
    await client.query("COMMIT");
    return version;
  } catch (error) {
    await client.query("ROLLBACK");
    throw error;
  } finally {
    client.release();
  }
}

const http = createServer();
new Server(http, { transports: ["websocket"], serveClient: false }).on("connection", (socket) => {
  socket.join(socket.handshake.query.restaurant);
  socket.on("edit", async (edit, acknowledge) => {
    const version = await store(edit);
    acknowledge(version);
    socket.to(edit.restaurant).emit("edited", { version, staff: edit.staff, date: edit.date, value: edit.value });
  });
});
http.listen(Number(process.env.PORT), "127.0.0.1");
