#include "microdata/choice/crosswalk.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <set>

#include "base/error.h"
#include "base/file.h"
#include "base/utf8.h"
#include "microdata/csv/csv_records.h"
#include "microdata/variable_index.h"
#include "text/near_matches.h"

namespace canvass {
namespace {

void checkWaveHeader(const std::vector<std::string_view>& fields, const std::string& where) {
  const bool isRight = fields.size() > 1 && fields.front() == "variable" &&
                       std::find(fields.begin(), fields.end(), "") == fields.end();
  if (isRight && std::set(fields.begin(), fields.end()).size() == fields.size()) return;
  throw Error("the header is not variable and the names of waves", where,
              "write, for example, variable,2019,2021");
}

Crosswalk::Row rowOf(const std::vector<std::string_view>& fields, std::size_t waves,
                     const std::string& where) {
  if (fields.size() != waves + 1 || fields.front().empty()) {
    throw Error(fmt::format("the line is not a variable and its names in {} waves", waves), where);
  }
  if (fields.front() == waveVariable) {
    throw Error("the variable \"wave\" is made by the crosswalk itself", where,
                "give the variable of the files another name");
  }
  return {std::string(fields.front()), {fields.begin() + 1, fields.end()}, where};
}

// No variable is in two rows.
void checkWaveNames(const Crosswalk& crosswalk) {
  for (std::size_t wave = 0; wave <= crosswalk.waves.size(); ++wave) {
    std::set<std::string> known;
    for (const Crosswalk::Row& row : crosswalk.rows) {
      const std::string& name = wave == 0 ? row.variable : row.names[wave - 1];
      if (name.empty() || known.insert(name).second) continue;
      throw Error(fmt::format("the variable \"{}\" appears twice in a column", name), row.where);
    }
  }
}

class CrosswalkReader : public MicrodataReader {
 public:
  CrosswalkReader(std::unique_ptr<MicrodataReader> reader, const Crosswalk& crosswalk,
                  std::size_t wave)
      : reader_(std::move(reader)), indices_(reader_->variables()), wave_(crosswalk.waves[wave]) {
    std::set<std::string> taken{std::string(waveVariable)};
    for (const Crosswalk::Row& row : crosswalk.rows) {
      taken.insert(row.variable);
      taken.insert(row.names[wave]);
      addRow(row, row.names[wave]);
    }
    const auto& all = reader_->variables();
    for (std::size_t i = 0; i < all.size(); ++i) {
      if (taken.contains(all[i].name)) continue;
      variables_.push_back(all[i]);
      sources_.emplace_back(i);
    }
    addWave(crosswalk);
  }

  const std::string& fileName() const override { return reader_->fileName(); }
  const std::vector<Variable>& variables() const override { return variables_; }
  Variable rowVariable(const std::string& name) const override {
    return reader_->rowVariable(name);
  }
  std::vector<FileKey> fileKeys() const override { return reader_->fileKeys(); }
  std::string place() const override { return reader_->place(); }

  void read(const std::vector<std::size_t>& chosen,
            const std::function<void(const RespondentRecord&)>& take, Progress& progress) override {
    std::vector<std::size_t> sources;
    std::vector<std::size_t> targets;  // their positions among the chosen
    std::vector<Value> values(chosen.size());
    for (std::size_t k = 0; k < chosen.size(); ++k) {
      if (sources_[chosen[k]]) {
        sources.push_back(*sources_[chosen[k]]);
        targets.push_back(k);
      } else if (chosen[k] + 1 == variables_.size()) {
        values[k] = valueOf(wave_);
      }
    }
    reader_->read(
        sources,
        [&](const RespondentRecord& record) {
          for (std::size_t k = 0; k < targets.size(); ++k) values[targets[k]] = record.values[k];
          take({record.number, values});
        },
        progress);
  }

 private:
  void addRow(const Crosswalk::Row& row, const std::string& name) {
    Variable variable;
    std::optional<std::size_t> source;
    if (!name.empty()) {
      source = indexOf(name, row.where);
      variable = reader_->variables()[*source];
    }
    variable.name = row.variable;
    variables_.push_back(std::move(variable));
    sources_.push_back(source);
  }

  std::size_t indexOf(const std::string& name, const std::string& where) const {
    if (const auto found = indices_.find(name)) return *found;
    std::vector<std::string> names;
    for (const Variable& one : reader_->variables()) names.push_back(one.name);
    throw Error(fmt::format("{} has no variable \"{}\"", reader_->fileName(), name), where,
                suggestion(name, names));
  }

  void addWave(const Crosswalk& crosswalk) {
    Variable variable;
    variable.name = waveVariable;
    variable.label = "Wave";
    for (const std::string& wave : crosswalk.waves) {
      variable.valueLabels.push_back({codeText(valueOf(wave)), wave});
    }
    variables_.push_back(std::move(variable));
    sources_.emplace_back();
  }

  std::unique_ptr<MicrodataReader> reader_;
  VariableIndex indices_;  // of the reader's
  std::string wave_;
  std::vector<Variable> variables_;
  std::vector<std::optional<std::size_t>> sources_;  // indices of the file's; none: not from it
};

}  // namespace

Crosswalk readCrosswalk(const std::filesystem::path& path) {
  const std::string text = readFile(path);
  requireUtf8(text, path.string());
  CsvRecords records(text, detectSeparator(text, path.string()), path.string());
  std::vector<std::string_view> fields;
  records.next(fields);
  checkWaveHeader(fields, linePlace(path.string(), 1));
  Crosswalk crosswalk;
  crosswalk.waves.assign(fields.begin() + 1, fields.end());
  while (records.next(fields)) {
    crosswalk.rows.push_back(rowOf(fields, crosswalk.waves.size(), records.place()));
  }
  checkWaveNames(crosswalk);
  return crosswalk;
}

std::size_t waveOf(const Crosswalk& crosswalk, const std::filesystem::path& file) {
  const std::string name = file.filename().string();
  std::vector<std::size_t> found;
  for (std::size_t k = 0; k < crosswalk.waves.size(); ++k) {
    if (name.find(crosswalk.waves[k]) != std::string::npos) found.push_back(k);
  }
  if (found.size() == 1) return found.front();
  throw Error(fmt::format("the name of the file has {} of the waves {}",
                          found.empty() ? "none" : "several", fmt::join(crosswalk.waves, ", ")),
              file.string(), "give each column of the crosswalk a part of its file's name");
}

std::unique_ptr<MicrodataReader> withCrosswalk(std::unique_ptr<MicrodataReader> reader,
                                               const Crosswalk& crosswalk, std::size_t wave) {
  return std::make_unique<CrosswalkReader>(std::move(reader), crosswalk, wave);
}

}  // namespace canvass
