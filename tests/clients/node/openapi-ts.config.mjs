export default {
  input: "schema.json",
  output: "made/hey",
  plugins: ["@hey-api/typescript", "@hey-api/sdk", "@hey-api/client-fetch"],
};
