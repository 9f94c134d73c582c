#include "base/error.h"
#include "parsers.h"
#include "prompt/chat_format.h"

namespace canvass::fuzz {

void chat_template(std::string_view bytes) try {
  const ChatFormat format = ChatFormat::jinja(bytes, {"<s>", "</s>", "<unk>", "<pad>"}, "fuzz");
  format.render({{"system", "Be brief."}, {"user", "Tea?"}, {"assistant", "Yes"}}, true);
} catch (const Error&) {
}

}  // namespace canvass::fuzz
