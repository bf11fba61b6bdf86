"use strict";
const study = JSON.parse(document.getElementById("study-data").textContent);
const list = document.createElement("ol");
for (const site of study.sites) {
  const item = document.createElement("li");
  item.textContent = site.score === null ? site.name : `${site.name} ${site.score.toFixed(3)}`;
  list.append(item);
}
document.getElementById("app").append(list);
