#include "microdata/mapping.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/error.h"
#include "base/file.h"
#include "microdata/mapping_table.h"
#include "microdata/phrase.h"
#include "microdata/table_shape.h"
#include "text/near_matches.h"

namespace canvass {
namespace {

using OptionLists = std::map<std::string, std::vector<MappedOption>>;

// What the tables of a mapping refer to in other tables.
struct Context {
  MissingCodes missing;  // of every question that has none of its own
  OptionLists lists;
};

MissingCodes parseMissing(const MappingTable& table, const MissingCodes& general) {
  const auto own = [&table](const char* key, const CodeSet& otherwise) {
    return table.has(key) ? table.codes(key) : otherwise;
  };
  return {own("dont_know", general.dontKnow), own("refused", general.refused),
          own("not_asked", general.notAsked)};
}

MappedOption parseOption(const MappingTable& table) {
  table.rejectUnknownKeys({"code", "codes", "from", "to", "text", "value"});
  return {table.ownCodes(), table.text("text"), table.number("value"), table.where()};
}

std::vector<MappedOption> parseOptionList(const MappingTable& parent, std::string_view key) {
  std::vector<MappedOption> options;
  for (const MappingTable& one : parent.tables(key, "the option")) {
    options.push_back(parseOption(one));
  }
  if (options.size() < 2) parent.fail(key, "there are fewer than two options");
  return options;
}

// `options = [...]`, or the name of one of the lists under [option_lists].
std::vector<MappedOption> parseOptions(const MappingTable& table, const Context& context) {
  if (!table.has("options")) return {};
  if (!table.isText("options")) return parseOptionList(table, "options");
  const std::string name = table.text("options");
  const auto found = context.lists.find(name);
  if (found != context.lists.end()) return found->second;
  std::vector<std::string> known;
  for (const auto& [list, options] : context.lists) known.push_back(list);
  table.fail("options", fmt::format("[option_lists] has no list \"{}\"", name),
             suggestion(name, known));
}

MappedQuestion parseQuestion(const MappingTable& table, const Context& context) {
  table.rejectUnknownKeys({"variable", "id", "text", "topic", "scale", "options", "option_values",
                           "dont_know", "refused", "not_asked"});
  MappedQuestion question;
  question.variable = table.text("variable");
  question.id = table.textOr("id", question.variable);
  question.text = table.textOr("text", "");
  question.topic = table.textOr("topic", "");
  question.scale = parseScale(table.text("scale"), table.placeOf("scale"));
  question.options = parseOptions(table, context);
  if (table.has("option_values")) {
    if (table.text("option_values") != "codes") {
      table.fail("option_values", "\"option_values\" can only be \"codes\"",
                 "give other values to the options: { code = 1, text = \"...\", value = 0.5 }");
    }
    question.valuesFromCodes = true;
  }
  question.missing = parseMissing(table, context.missing);
  question.where = table.where();
  return question;
}

// One yes-or-no question for each thing that could be chosen.
void addMultiSelect(const MappingTable& table, const Context& context,
                    std::vector<MappedQuestion>& questions) {
  table.rejectUnknownKeys({"id", "text", "topic", "items", "chosen", "not_chosen", "yes", "no",
                           "dont_know", "refused", "not_asked"});
  const std::string id = table.text("id");
  const Phrase text(table.text("text"), {"item"}, table.placeOf("text"));
  const MappedOption yes{table.codes("chosen"), table.textOr("yes", "Yes"), {}, table.where()};
  const MappedOption no{table.codes("not_chosen"), table.textOr("no", "No"), {}, table.where()};
  for (const char* key : {"chosen", "not_chosen", "items"}) {
    if (!table.has(key)) table.fail(key, fmt::format("{} lacks \"{}\"", table.title(), key));
  }
  for (const MappingTable& item : table.tables("items", "the item")) {
    item.rejectUnknownKeys({"variable", "text", "id"});
    MappedQuestion question;
    question.variable = item.text("variable");
    question.id = item.textOr("id", id + "-" + question.variable);
    question.text = text.fill({{"item", item.text("text")}});
    question.topic = table.textOr("topic", "");
    question.options = {yes, no};
    question.missing = parseMissing(table, context.missing);
    question.where = item.where();
    questions.push_back(std::move(question));
  }
}

MappedCategory parseCategory(const MappingTable& table) {
  table.rejectUnknownKeys({"code", "codes", "from", "to", "name", "words"});
  const std::string name = table.text("name");
  return {table.ownCodes(), name, table.textOr("words", name), table.where()};
}

MappedAttribute parseAttribute(const MappingTable& table, const std::string& name) {
  table.rejectUnknownKeys({"variable", "values", "words"});
  MappedAttribute attribute{name, table.text("variable"), {}, {}, table.where()};
  for (const MappingTable& one : table.tables("values", "the value")) {
    attribute.categories.push_back(parseCategory(one));
  }
  attribute.words = table.textTable("words");
  if (table.has("values") && table.has("words")) {
    table.fail(
        "words", fmt::format("{} has both values and words", table.title()),
        "write the words into the values: { code = 1, name = \"female\", words = \"woman\" }");
  }
  return attribute;
}

// `needsMinimum`: not for a table that was aggregated by somebody else.
MappedGrouping parseGrouping(const MappingTable& table,
                             const std::vector<MappedAttribute>& attributes, bool needsMinimum) {
  table.rejectUnknownKeys({"by", "name", "phrase", "minimum"});
  MappedGrouping grouping;
  grouping.by = table.texts("by");
  std::vector<std::string> known;
  for (const MappedAttribute& one : attributes) known.push_back(one.name);
  for (const std::string& name : grouping.by) {
    if (std::find(known.begin(), known.end(), name) == known.end()) {
      table.fail("by", fmt::format("there is no attribute \"{}\"", name), suggestion(name, known));
    }
    if (std::count(grouping.by.begin(), grouping.by.end(), name) > 1) {
      table.fail("by", fmt::format("the attribute \"{}\" appears twice", name));
    }
  }
  grouping.phrase = table.text("phrase");
  grouping.name = grouping.by.empty() ? table.text("name") : table.textOr("name", "");
  grouping.minimum = needsMinimum || table.has("minimum") ? table.count("minimum") : 0;
  grouping.where = table.where();
  const Phrase phrase(grouping.phrase, grouping.by, table.placeOf("phrase"));
  phrase.requireAll(grouping.by, table.placeOf("phrase"));
  if (!grouping.name.empty()) {
    const Phrase name(grouping.name, grouping.by, table.placeOf("name"));
    name.requireAll(grouping.by, table.placeOf("name"));
  }
  return grouping;
}

void parseHeader(const MappingTable& root, Mapping& mapping) {
  const auto survey = root.table("survey", "[survey]");
  if (!survey) {
    throw Error("the table [survey] is missing", mapping.file,
                "write [survey] with name, source and language = \"en\"");
  }
  survey->rejectUnknownKeys({"name", "source", "language"});
  mapping.name = survey->textOr("name", "");
  mapping.source = survey->textOr("source", "");
  mapping.language = survey->text("language");
}

char parseDecimalMark(const MappingTable& file) {
  const std::string mark = file.textOr("decimal", ".");
  if (mark != "." && mark != ",") {
    file.fail("decimal", "the decimal mark must be \".\" or \",\"");
  }
  return mark.front();
}

void parseFile(const MappingTable& root, Mapping& mapping) {
  const auto file = root.table("file", "[file]");
  if (!file) return;
  file->rejectUnknownKeys({"separator", "encoding", "decimal"});
  mapping.separator = file->textOr("separator", "");
  if (mapping.separator.size() > 1) {
    file->fail("separator", "the separator must be a single character",
               "write \",\", \";\", \"|\" or \"\\t\" for a tab");
  }
  mapping.encoding = file->textOr("encoding", "");
  mapping.decimalMark = parseDecimalMark(*file);
}

// The respondents of a long table have ids.
void parseDesign(const MappingTable& root, Mapping& mapping) {
  if (const auto design = root.table("design", "[design]")) mapping.design = parseDesign(*design);
  const auto* table = std::get_if<LongTable>(&mapping.table);
  if (table != nullptr && mapping.design.id.name.empty()) mapping.design.id = table->respondent;
}

Context parseContext(const MappingTable& root) {
  Context context;
  if (const auto missing = root.table("missing", "[missing]")) {
    missing->rejectUnknownKeys({"dont_know", "refused", "not_asked"});
    context.missing = parseMissing(*missing, {});
  }
  if (const auto lists = root.table("option_lists", "[option_lists]")) {
    for (const std::string& name : lists->keys()) {
      context.lists[name] = parseOptionList(*lists, name);
    }
  }
  return context;
}

void checkQuestionIds(const Mapping& mapping) {
  std::map<std::string, std::string> places;
  for (const MappedQuestion& question : mapping.questions) {
    const auto [first, isNew] = places.emplace(question.id, question.where);
    if (isNew) continue;
    throw Error(
        fmt::format("the question id \"{}\" is already used at {}", question.id, first->second),
        question.where, "give one of them a different id");
  }
}

void parseQuestions(const MappingTable& root, Mapping& mapping) {
  const Context context = parseContext(root);
  mapping.missing = context.missing;
  for (const MappingTable& one : root.tables("questions", "the question")) {
    mapping.questions.push_back(parseQuestion(one, context));
  }
  for (const MappingTable& one : root.tables("multi_select", "the multi-select set")) {
    addMultiSelect(one, context, mapping.questions);
  }
  if (mapping.questions.empty() && !std::holds_alternative<AggregatedTable>(mapping.table)) {
    throw Error("no variable is a question", mapping.file,
                "write a [[questions]] table for each question");
  }
  checkQuestionIds(mapping);
}

void parsePopulations(const MappingTable& root, Mapping& mapping) {
  if (const auto attributes = root.table("attributes", "[attributes]")) {
    for (const std::string& name : attributes->keys()) {
      mapping.attributes.push_back(parseAttribute(*attributes->table(name, "the attribute"), name));
    }
  }
  const bool isAggregated = std::holds_alternative<AggregatedTable>(mapping.table);
  for (const MappingTable& one : root.tables("populations", "the populations table")) {
    mapping.groupings.push_back(parseGrouping(one, mapping.attributes, !isAggregated));
  }
  if (mapping.groupings.empty() && !isAggregated) {
    throw Error("nothing says what the populations are", mapping.file,
                "write [[populations]] with by = [\"country\"], phrase and minimum");
  }
}

}  // namespace

Mapping readMapping(const std::filesystem::path& path) {
  return parseMapping(readFile(path), path.string());
}

Mapping parseMapping(std::string_view text, const std::string& name) {
  const toml::table parsed = parseToml(text, name);
  const MappingTable root(parsed, name, "the mapping");
  root.rejectUnknownKeys({"survey", "file", "table", "design", "missing", "option_lists",
                          "attributes", "populations", "questions", "multi_select"});
  Mapping mapping;
  mapping.file = name;
  parseHeader(root, mapping);
  parseFile(root, mapping);
  parseTableShape(root, mapping);
  parseDesign(root, mapping);
  parsePopulations(root, mapping);
  parseQuestions(root, mapping);
  checkTableShape(root, mapping);
  return mapping;
}

}  // namespace canvass
