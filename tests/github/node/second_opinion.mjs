// What GitHub's own parser and evaluator say. In: JSON {workflows: [{name, content}], cases: [{expression, contexts}]}.
// Out: JSON {workflows: [[error, …], …], cases: [{value} | {error}, …]}.
import { readFileSync } from "node:fs";
import { register } from "node:module";

// The parser imports its schema as JSON in a way that only bundlers take.
const hook = `
  import { readFileSync } from "node:fs";
  export async function load(url, context, next) {
    if (!url.endsWith(".json")) return next(url, context);
    const source = "export default " + readFileSync(new URL(url), "utf8");
    return { format: "module", shortCircuit: true, source };
  }`;
register(`data:text/javascript,${encodeURIComponent(hook)}`, import.meta.url);

const { Evaluator, Lexer, Parser, data } = await import("@actions/expressions");
const { replacer } = await import("@actions/expressions/data/replacer");
const { reviver } = await import("@actions/expressions/data/reviver");
const { NoOperationTraceWriter, convertWorkflowTemplate, parseWorkflow } = await import("@actions/workflow-parser");

const asked = JSON.parse(readFileSync(0, "utf8"));

async function errorsIn({ name, content }) {
  const { context, value } = parseWorkflow({ name, content }, new NoOperationTraceWriter());
  if (value) await convertWorkflowTemplate(context, value);
  return context.errors.getErrors().map((error) => error.message);
}

// The status functions belong to the runner, not to the language; here they say what the test wants.
const status = { success: true, failure: false, cancelled: false, always: true };
const functions = new Map(
  Object.entries(status).map(([name, value]) => [
    name,
    { name, minArgs: 0, maxArgs: 0, call: () => new data.BooleanData(value) },
  ]),
);

function valueOf({ expression, contexts }) {
  try {
    const tree = new Parser(new Lexer(expression).lex().tokens, Object.keys(contexts), [...functions.values()]).parse();
    const value = new Evaluator(tree, JSON.parse(JSON.stringify(contexts), reviver), functions).evaluate();
    return { value: JSON.parse(JSON.stringify(value, replacer) ?? "null"), text: value.coerceString() };
  } catch (error) {
    return { error: error.message };
  }
}

const workflows = await Promise.all(asked.workflows.map(errorsIn));
process.stdout.write(JSON.stringify({ workflows, cases: asked.cases.map(valueOf) }));
