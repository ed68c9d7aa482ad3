// Stands in for `cdk deploy`: tells the fake of AWS which tag it was given, and ends as that says.
const tag = process.argv.find((word) => word.startsWith("imageTag="))?.slice("imageTag=".length) ?? "";
const answer = await fetch(`${process.env.AWS_ENDPOINT_URL}/cdk`, { method: "POST", body: tag });
process.exitCode = Number(await answer.text());
