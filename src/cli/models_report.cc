#include "cli/models_report.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <nlohmann/json.hpp>

#include "base/progress.h"

namespace canvass {
namespace {

constexpr std::size_t shortCommit = 7;  // digits, as Git shows it

const char* kindName(ModelSummary::Kind kind) {
  switch (kind) {
    case ModelSummary::Kind::decoder:
      return "decoder";
    case ModelSummary::Kind::encoder:
      return "encoder";
    case ModelSummary::Kind::adapter:
      return "adapter";
    case ModelSummary::Kind::unknown:
      break;
  }
  return "unknown";
}

// "494 million", "1.54 billion".
std::string parametersText(std::uint64_t count) {
  constexpr double million = 1e6;
  constexpr double billion = 1e9;
  const auto number = static_cast<double>(count);
  if (number >= billion) return fmt::format("{:.2f} billion", number / billion);
  if (number >= million) return fmt::format("{:.0f} million", number / million);
  return grouped(count);
}

std::string sizeText(std::uintmax_t bytes) {
  constexpr std::uintmax_t kilobyte = 1000;
  if (bytes < megabyte) return fmt::format("{} kB", (bytes + kilobyte - 1) / kilobyte);
  return fmt::format("{} MB", shortNumber(static_cast<double>(bytes) / megabyte));
}

std::string familyText(const ModelSummary& summary) {
  if (summary.kind == ModelSummary::Kind::adapter) return "LoRA adapter of " + summary.family;
  return summary.family;
}

// "main (0123456), LlamaForCausalLM, 135 million parameters, 98 MB".
std::string factsText(const ListedModel& listed) {
  std::vector<std::string> facts;
  if (!listed.model.commit.empty()) {
    const std::string commit = listed.model.commit.substr(0, shortCommit);
    facts.push_back(listed.model.revisions.empty()
                        ? commit
                        : fmt::format("{} ({})", fmt::join(listed.model.revisions, " "), commit));
  }
  if (!listed.summary.family.empty()) facts.push_back(familyText(listed.summary));
  if (listed.summary.parameters) {
    facts.push_back(parametersText(*listed.summary.parameters) + " parameters");
  }
  facts.push_back(sizeText(listed.model.bytes));
  return fmt::format("{}", fmt::join(facts, ", "));
}

// Empty if nothing is wrong with it.
std::string warningText(const ListedModel& listed) {
  if (listed.runs()) return "";
  if (listed.model.unfinished.empty()) return "canvass cannot run it: " + listed.summary.fault;
  const std::string warning = "it is not all there: " + listed.model.unfinished;
  if (listed.model.repository.empty()) return warning;
  return warning + "; what is missing is downloaded when it is used";
}

}  // namespace

std::vector<ListedModel> summarized(const std::vector<CachedModel>& models) {
  std::vector<ListedModel> listed;
  for (const CachedModel& model : models) {
    listed.push_back(
        {model, model.unfinished.empty() ? summarizeModel(model.path) : ModelSummary()});
  }
  return listed;
}

std::string modelsText(const std::vector<ListedModel>& models, const TerminalStyle& style,
                       bool withPaths) {
  constexpr std::size_t indent = 4;
  std::string text;
  for (const ListedModel& listed : models) {
    text += inked(onOneLine(listed.model.name), Ink::strong, style) + "\n";
    text += paragraph(factsText(listed), style, indent);
    if (withPaths) text += std::string(indent, ' ') + listed.model.path.string() + "\n";
    const std::string warning = warningText(listed);
    if (!warning.empty()) text += inked(paragraph(warning, style, indent), Ink::warning, style);
  }
  return text;
}

Json modelsJson(const std::vector<ListedModel>& models) {
  Json list = Json::array();
  for (const ListedModel& listed : models) {
    const auto& [model, summary] = listed;
    list.push_back({{"name", model.name},
                    {"repository", model.repository.empty() ? Json() : Json(model.repository)},
                    {"revisions", model.revisions},
                    {"commit", model.commit.empty() ? Json() : Json(model.commit)},
                    {"path", model.path.string()},
                    {"bytes", model.bytes},
                    {"kind", kindName(summary.kind)},
                    {"family", summary.family.empty() ? Json() : Json(summary.family)},
                    {"parameters", summary.parameters ? Json(*summary.parameters) : Json()},
                    {"runs", listed.runs()},
                    {"fault", model.unfinished.empty() ? summary.fault : model.unfinished}});
  }
  return list;
}

}  // namespace canvass
