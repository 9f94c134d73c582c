#pragma once

#include <ctime>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <string_view>

#include "base/json.h"
#include "jinja/source.h"

namespace canvass::jinja {

// A Jinja template as Hugging Face's chat templates use it: Jinja's syntax with trim_blocks,
// lstrip_blocks, {% break %}, {% continue %} and {% generation %}, without inheritance, includes,
// imports, call blocks and escaping for HTML; values and their texts are Python's. Immutable.
class JinjaTemplate {
 public:
  using Variables = std::map<std::string, Json>;
  // The local time that strftime_now() reports.
  using Clock = std::function<std::tm()>;

  // `name`: of the file, for messages. Throws Error at the line for syntax canvass does not have.
  JinjaTemplate(std::string_view text, const std::string& name, const TextOptions& options = {});
  ~JinjaTemplate();
  JinjaTemplate(JinjaTemplate&&) noexcept;
  JinjaTemplate& operator=(JinjaTemplate&&) noexcept;

  // Throws Error at the line if the template raises an exception, if Python would, or if it uses
  // something that canvass does not support.
  std::string render(const Variables& variables, const Clock& clock) const;

 private:
  struct Parsed;
  std::unique_ptr<const Parsed> parsed_;
};

}  // namespace canvass::jinja
