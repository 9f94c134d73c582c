#include <fmt/format.h>
#include <fmt/ranges.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <memory>
#include <nlohmann/json.hpp>

#include "cli/options.h"
#include "cli/verbs.h"
#include "prompt/template.h"

namespace canvass {
namespace {

struct TemplatesArguments {
  std::string name;
  JsonOutput json;
};

Json templatesJson() {
  Json list = Json::array();
  for (const std::string& name : templateNames()) {
    const Template& asking = findTemplate(name);
    list.push_back({{"name", name},
                    {"description", asking.description()},
                    {"languages", asking.languages()},
                    {"reads", readingName(asking.reading())},
                    {"evidence", asking.evidenceWanted()}});
  }
  return list;
}

std::string templatesText() {
  const TerminalStyle style = terminalStyle();
  constexpr std::size_t indent = 4;
  std::string text;
  for (const std::string& name : templateNames()) {
    const Template& asking = findTemplate(name);
    text += inked(name, Ink::strong, style) +
            inked(fmt::format("  {}", fmt::join(asking.languages(), ", ")), Ink::faint, style) +
            "\n" + paragraph(asking.description(), style, indent);
  }
  return text + "\n" +
         paragraph(
             "canvass templates NAME prints one as a starting point for your own: --template also "
             "accepts a file.",
             style);
}

void runTemplates(const TemplatesArguments& arguments) {
  if (!arguments.name.empty()) return printForPrograms(std::string(templateText(arguments.name)));
  if (arguments.json.option->count() > 0) arguments.json.write(templatesJson());
  if (!arguments.json.toStandardOutput()) print(templatesText());
}

}  // namespace

void addTemplates(CLI::App& app) {
  auto arguments = std::make_shared<TemplatesArguments>();
  CLI::App& verb =
      *app.add_subcommand("templates", "List the built-in prompt templates, or print one");
  CLI::Option* name =
      verb.add_option("name", arguments->name, "template to print")->type_name("NAME");
  addJsonOption(verb, arguments->json);
  arguments->json.option->excludes(name);
  verb.footer("Example:\n  canvass templates bio > mine.toml");
  verb.callback([arguments] { runTemplates(*arguments); });
}

}  // namespace canvass
