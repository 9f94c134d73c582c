#pragma once

#include <memory>
#include <string>
#include <vector>

#include "microdata/microdata_reader.h"

namespace canvass {

// Several files read one after the other as one, for a draft that suits them all: with the
// variables that every one of them has, the labels of all of them (the first file's, if they
// differ) and their missing codes.
class MergedReader : public MicrodataReader {
 public:
  explicit MergedReader(std::vector<std::unique_ptr<MicrodataReader>> readers);

  const std::string& fileName() const override { return readers_.front()->fileName(); }
  const std::vector<Variable>& variables() const override { return variables_; }
  Variable rowVariable(const std::string& name) const override {
    return readers_.front()->rowVariable(name);
  }
  std::vector<ResponseSet> responseSets() const override {
    return readers_.front()->responseSets();
  }
  std::vector<FileKey> fileKeys() const override { return readers_.front()->fileKeys(); }
  std::string place() const override { return readers_[current_]->place(); }
  void read(const std::vector<std::size_t>& chosen,
            const std::function<void(const RespondentRecord&)>& take, Progress& progress) override;

  // What differs between the files, for the user.
  const std::vector<std::string>& notes() const { return notes_; }

 private:
  std::vector<std::unique_ptr<MicrodataReader>> readers_;
  std::vector<Variable> variables_;
  std::vector<std::vector<std::size_t>> sources_;  // by variable and file
  std::vector<std::string> notes_;
  std::size_t current_ = 0;
};

}  // namespace canvass
