#include "import/global_opinions/record.h"

#include <fmt/format.h>

#include "base/error.h"
#include "import/published/options.h"
#include "import/published/python_literal.h"

namespace canvass {
namespace {

PythonValue parseColumn(const PublishedTable& table, const std::string& column) {
  return parsePythonLiteral(table.text(column), column);
}

}  // namespace

std::string globalOpinionId(const PublishedTable& table) {
  const std::string source = table.text("source");
  if (source.empty()) throw Error("source is empty");
  return fmt::format("{}-{}", source, table.record());
}

GlobalOpinion parseGlobalOpinion(const PublishedTable& table) {
  GlobalOpinion opinion;
  opinion.question.id = globalOpinionId(table);
  opinion.question.text = table.text("question");
  opinion.question.options = labeledOptions(pythonTexts(parseColumn(table, "options"), "options"));
  if (opinion.question.options.size() < 2) throw Error("there are fewer than two options");
  const PythonValue selections = parseColumn(table, "selections");
  if (selections.kind != PythonValue::Kind::dict) throw Error("selections is not a dict");
  for (std::size_t i = 0; i < selections.keys.size(); ++i) {
    const PythonValue& label = selections.keys[i];
    if (label.kind != PythonValue::Kind::text || label.text.empty()) {
      throw Error("a key of selections is not a population's name");
    }
    opinion.selections.emplace_back(
        label.text, pythonNumbers(selections.elements[i], "selections of " + label.text));
  }
  if (opinion.selections.empty()) throw Error("selections names no population");
  return opinion;
}

}  // namespace canvass
