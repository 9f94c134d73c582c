#include "microdata/choice/merged_reader.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "base/list_text.h"
#include "microdata/variable_index.h"

namespace canvass {
namespace {

// Adds another file's labels and missing codes. Returns how the labels differ; empty if they agree.
std::string mergeMeanings(const Variable& other, const std::string& file, Variable& variable) {
  std::string differs;
  if (variable.label.empty()) variable.label = other.label;
  for (const ValueLabel& one : other.valueLabels) {
    const std::string known = variable.labelOf(one.code);
    if (known.empty()) {
      variable.valueLabels.push_back(one);
    } else if (known != one.label && differs.empty()) {
      differs = fmt::format("{} (code {} is \"{}\" in {}, first \"{}\")", variable.name, one.code,
                            one.label, file, known);
    }
  }
  for (const NumberRange& range : other.missingRanges) {
    const auto& known = variable.missingRanges;
    if (std::find(known.begin(), known.end(), range) == known.end()) {
      variable.missingRanges.push_back(range);
    }
  }
  variable.missingTexts.insert(variable.missingTexts.end(), other.missingTexts.begin(),
                               other.missingTexts.end());
  variable.isText = variable.isText || other.isText;
  return differs;
}

}  // namespace

MergedReader::MergedReader(std::vector<std::unique_ptr<MicrodataReader>> readers)
    : readers_(std::move(readers)) {
  std::vector<VariableIndex> indices;
  for (const auto& reader : readers_) indices.emplace_back(reader->variables());
  std::vector<std::string> missing;
  std::vector<std::string> differing;
  for (const Variable& first : readers_.front()->variables()) {
    Variable variable = first;
    std::vector<std::size_t> sources;
    for (const VariableIndex& ofReader : indices) {
      if (const auto found = ofReader.find(first.name)) sources.push_back(*found);
    }
    if (sources.size() < readers_.size()) {
      missing.push_back(first.name);
      continue;
    }
    for (std::size_t k = 1; k < readers_.size(); ++k) {
      const std::string differs =
          mergeMeanings(readers_[k]->variables()[sources[k]], readers_[k]->fileName(), variable);
      if (!differs.empty()) differing.push_back(differs);
    }
    variables_.push_back(std::move(variable));
    sources_.push_back(std::move(sources));
  }
  noteList(missing, "variable", "that not every file has, and that is not used", notes_);
  noteList(differing, "variable", "whose labels differ", notes_);
}

void MergedReader::read(const std::vector<std::size_t>& chosen,
                        const std::function<void(const RespondentRecord&)>& take,
                        Progress& progress) {
  for (current_ = 0; current_ < readers_.size(); ++current_) {
    std::vector<std::size_t> sources;
    for (const std::size_t i : chosen) sources.push_back(sources_[i][current_]);
    readers_[current_]->read(sources, take, progress);
  }
  current_ = 0;
}

}  // namespace canvass
