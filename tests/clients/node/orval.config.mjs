export default {
  zod: { input: "schema.json", output: { target: "made/zod.ts", client: "zod", mode: "single" } },
};
