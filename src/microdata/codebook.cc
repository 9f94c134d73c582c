#include "microdata/codebook.h"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <set>
#include <utility>

#include "base/error.h"
#include "base/file.h"
#include "base/json.h"
#include "microdata/codebook_table.h"

namespace canvass {
namespace {

bool comesBefore(const ValueLabel& a, const ValueLabel& b) {
  const Value left = valueOf(a.code);
  const Value right = valueOf(b.code);
  const bool isNumber = left.kind == Value::Kind::number;
  if (!isNumber || right.kind != Value::Kind::number) {
    return isNumber && right.kind != Value::Kind::number;
  }
  return left.number < right.number;
}

CodebookEntry parseEntry(const Json& json, const std::string& where) {
  if (!json.is_object())
    throw Error("it must be an object with \"question\" and \"choices\"", where);
  CodebookEntry entry{requireKey<std::string>(json, "question", where), {}};
  const auto choices = json.find("choices");
  if (choices == json.end() || !choices->is_object()) {
    throw Error("\"choices\" must be an object of texts by code", where);
  }
  std::set<std::string> codes;
  for (const auto& [key, text] : choices->items()) {
    const std::string code = codeText(valueOf(key));
    if (!text.is_string()) throw Error(fmt::format("the choice \"{}\" is not text", key), where);
    if (!codes.insert(code).second) throw Error(fmt::format("code {} appears twice", code), where);
    entry.valueLabels.push_back({code, text.get<std::string>()});
  }
  std::stable_sort(entry.valueLabels.begin(), entry.valueLabels.end(), comesBefore);
  return entry;
}

class LabeledReader : public MicrodataReader {
 public:
  LabeledReader(std::unique_ptr<MicrodataReader> reader, const Codebook& codebook)
      : reader_(std::move(reader)), codebook_(codebook), variables_(reader_->variables()) {
    for (Variable& variable : variables_) addLabels(variable);
  }

  const std::string& fileName() const override { return reader_->fileName(); }
  const std::vector<Variable>& variables() const override { return variables_; }
  Variable rowVariable(const std::string& name) const override {
    Variable variable = reader_->rowVariable(name);
    addLabels(variable);
    return variable;
  }
  std::string place() const override { return reader_->place(); }
  std::vector<ResponseSet> responseSets() const override { return reader_->responseSets(); }
  std::vector<FileKey> fileKeys() const override { return reader_->fileKeys(); }
  void read(const std::vector<std::size_t>& chosen,
            const std::function<void(const RespondentRecord&)>& take, Progress& progress) override {
    reader_->read(chosen, take, progress);
  }

 private:
  void addLabels(Variable& variable) const {
    const auto entry = codebook_.find(variable.name);
    if (entry == codebook_.end()) return;
    if (variable.label.empty()) variable.label = entry->second.label;
    if (variable.valueLabels.empty()) variable.valueLabels = entry->second.valueLabels;
  }

  std::unique_ptr<MicrodataReader> reader_;
  Codebook codebook_;
  std::vector<Variable> variables_;
};

}  // namespace

Codebook readCodebook(const std::filesystem::path& path) {
  const std::filesystem::path extension = path.extension();
  const bool isTable = extension == ".csv" || extension == ".tsv";
  return isTable ? parseCodebookTable(readFile(path), path.string())
                 : parseCodebook(readFile(path), path.string());
}

Codebook parseCodebook(std::string_view text, const std::string& name) {
  const Json json = parseJson(text, name);
  if (!json.is_object()) throw Error("a codebook is a JSON object of variables", name);
  Codebook codebook;
  for (const auto& [variable, entry] : json.items()) {
    codebook[variable] = parseEntry(entry, fmt::format("{}, variable \"{}\"", name, variable));
  }
  return codebook;
}

std::unique_ptr<MicrodataReader> withCodebook(std::unique_ptr<MicrodataReader> reader,
                                              const Codebook& codebook) {
  return std::make_unique<LabeledReader>(std::move(reader), codebook);
}

}  // namespace canvass
