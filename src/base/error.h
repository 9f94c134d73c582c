#pragma once

#include <stdexcept>
#include <string>

namespace canvass {

// The one exception that canvass throws for anything a user can cause or cure.
// The message says where (file, line or record), what is wrong, and what to do about it.
class Error : public std::runtime_error {
 public:
  // `fault`: in one sentence, without a trailing full stop.
  // `where`: "file:line", "file, record 12" or empty.
  // `remedy`: what the user can do; empty if `fault` already says it.
  explicit Error(std::string fault, std::string where = {}, std::string remedy = {});

  // The parts that what() is assembled from: "WHERE: FAULT; REMEDY".
  const std::string& fault() const { return fault_; }
  const std::string& where() const { return where_; }
  const std::string& remedy() const { return remedy_; }

  // The same error, located: `location` comes before what the error already says of its location,
  // as a file comes before the question in it.
  Error at(const std::string& location) const;
  // The same error with one more thing that the user can do, after the first.
  Error withRemedy(const std::string& another) const;

 private:
  std::string fault_;
  std::string where_;
  std::string remedy_;
};

// "file, record 12": records are counted from 1, as a person counts them.
std::string recordPlace(const std::string& file, std::size_t record);
// "file:12": lines are counted from 1.
std::string linePlace(const std::string& file, std::size_t line);

}  // namespace canvass
