#include "jinja/jinja_template.h"

#include <nlohmann/json.hpp>

#include "jinja/budget.h"
#include "jinja/lexer.h"
#include "jinja/statement_parser.h"

namespace canvass::jinja {
namespace {

Body parse(const Source& source) {
  TokenStream tokens(source, tokenize(source));
  return StatementParser(tokens).parseTemplate();
}

}  // namespace

struct JinjaTemplate::Parsed {
  Parsed(std::string_view text, const std::string& name, const TextOptions& options)
      : source(text, name, options), body(parse(source)) {}
  Source source;
  Body body;
};

JinjaTemplate::JinjaTemplate(std::string_view text, const std::string& name,
                             const TextOptions& options)
    : parsed_(std::make_unique<Parsed>(text, name, options)) {}
JinjaTemplate::~JinjaTemplate() = default;
JinjaTemplate::JinjaTemplate(JinjaTemplate&&) noexcept = default;
JinjaTemplate& JinjaTemplate::operator=(JinjaTemplate&&) noexcept = default;

std::string JinjaTemplate::render(const Variables& variables, const Clock& clock) const {
  std::map<std::string, Value> values;
  for (const auto& [name, json] : variables) values.emplace(name, fromJson(json));
  const Budget budget;
  Context context(parsed_->source, values, clock);
  executeBody(parsed_->body, context);
  return context.takeOutput();
}

}  // namespace canvass::jinja
