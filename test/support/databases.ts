export default async function(){console.log("PG")}
