// A test in another language: it starts the emulator, makes a world, runs a job and receives the webhook.
// Node's own test runner and nothing else: node --test docs/node
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { createHmac } from "node:crypto";
import { once } from "node:events";
import { createServer } from "node:http";
import { createInterface } from "node:readline";
import { after, before, test } from "node:test";

const EMULATOR = (process.env.EMULATOR ?? "emulator").split(" ");
const INSTAGRAM = "9bb8913b-ddd9-430b-a66a-d74d846e6c66";
const ANALYTICS = "/v1/social/creators/async/profiles/analytics";

let server, url, world, receiver;
const received = [];

async function json(address, { method = "POST", body, headers } = {}) {
  const answer = await fetch(address, {
    method,
    headers: { "content-type": "application/json", ...headers },
    body: body === undefined ? undefined : JSON.stringify(body),
  });
  assert.ok(answer.ok, `${method} ${address}: ${answer.status} ${await answer.clone().text()}`);
  return answer.status === 204 ? undefined : answer.json();
}

const control = (path, body, method) => json(`${url}/_emulator/worlds/${world.name}${path}`, { method, body });

function insightiq(path, options = {}) {
  const { username, password } = world.credentials.insightiq;
  const key = Buffer.from(`${username}:${password}`).toString("base64");
  return json(url + path, { ...options, headers: { authorization: `Basic ${key}` } });
}

before(async () => {
  server = spawn(EMULATOR[0], [...EMULATOR.slice(1), "serve", "--until-eof", "--port", "0", "--recipe", "empty"], {
    stdio: ["pipe", "pipe", "ignore"], // it ends with its input, so with this process, whatever becomes of it
  });
  const [line] = await once(createInterface({ input: server.stdout }), "line"); // it is ready when it says where it is
  url = line.split(/\s+/).at(-1);
  world = await json(`${url}/_emulator/worlds`, { body: { recipe: "empty", clock: { mode: "frozen" } } });
  receiver = createServer(async (request, response) => {
    const chunks = await request.toArray();
    received.push({ headers: request.headers, body: Buffer.concat(chunks) });
    response.end();
  });
  receiver.listen(0, "127.0.0.1");
  await once(receiver, "listening");
});

after(async () => {
  receiver?.close();
  server?.kill();
  if (server) await once(server, "exit");
});

test("a report is told of when it is done", async () => {
  await control("/creators", { handle: "mia.moreau", profiles: [{ platform: "Instagram", followers: 48200 }] });
  const hook = `http://127.0.0.1:${receiver.address().port}/hooks`;
  await insightiq("/v1/webhooks", { body: { name: "node", url: hook, events: ["PROFILE_ANALYTICS.SUCCESS"] } });
  const job = await insightiq(ANALYTICS, { body: { identifier: "mia.moreau", work_platform_id: INSTAGRAM } });
  assert.equal(job.status, "IN_PROGRESS");

  await control("/clock/advance", { by: "PT10M" }); // returns when all is delivered

  assert.equal(received.length, 1);
  const [{ headers, body }] = received;
  const digest = createHmac("sha256", world.credentials.insightiq.password).update(body).digest("hex");
  assert.ok(headers["webhook-signatures"].split(",").includes(digest));
  assert.equal(JSON.parse(body).data.job_id, job.id);
  const report = await insightiq(`${ANALYTICS}/${job.id}`, { method: "GET" });
  assert.equal(report.profile.follower_count, 48200);
});

test("what was asked of the vendors can be looked up", async () => {
  const { data } = await control("/journal?operation=create_profile_analytics", undefined, "GET");
  assert.deepEqual(data.map((exchange) => exchange.response.status), [202]);
});

test("a world is made of a recipe of one's own, breaks on command, and goes back to what it was", async () => {
  const recipe = { named_creators: [{ handle: "mia.moreau", platforms: { Instagram: 48200 }, connected: true }] };
  const other = await json(`${url}/_emulator/worlds`, { body: { recipe, clock: { mode: "frozen" } } });
  const { username, password } = other.credentials.insightiq;
  const headers = { authorization: `Basic ${Buffer.from(`${username}:${password}`).toString("base64")}` };
  const accounts = () => fetch(`${url}/v1/accounts`, { headers });
  const at = `${url}/_emulator/worlds/${other.name}`;

  await json(`${at}/faults`, {
    method: "PUT",
    body: { faults: [{ kind: "rate_limit", retry_after: 2, match: { vendor: "insightiq" }, times: 1 }] },
  });
  const refused = await accounts();
  assert.deepEqual([refused.status, refused.headers.get("retry-after")], [429, "2"]);
  const [account] = (await (await accounts()).json()).data;
  assert.equal(account.platform_username, "mia.moreau");

  await json(`${at}/snapshots`, { body: { name: "connected" } });
  await json(`${at}/insightiq/accounts/${account.id}/disconnect`);
  assert.equal((await (await accounts()).json()).data[0].status, "NOT_CONNECTED");
  await json(`${at}/snapshots/connected/restore`);
  assert.equal((await (await accounts()).json()).data[0].status, "CONNECTED");
  await json(at, { method: "DELETE" });
});
