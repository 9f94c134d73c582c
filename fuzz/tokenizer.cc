#include "tokenizer/tokenizer.h"

#include <unistd.h>

#include <cstdlib>
#include <fstream>
#include <stdexcept>

#include "base/error.h"
#include "parsers.h"

namespace canvass::fuzz {
namespace {

// tokenizer.json is read from a folder.
class Folder {
 public:
  Folder() {
    std::string pattern = (std::filesystem::temp_directory_path() / "canvass-fuzz-XXXXXX").string();
    if (::mkdtemp(pattern.data()) == nullptr) throw std::runtime_error("no temporary folder");
    path = pattern;
  }
  ~Folder() {
    std::error_code ignored;
    std::filesystem::remove_all(path, ignored);
  }

  std::filesystem::path path;
};

}  // namespace

void tokenizer(std::string_view bytes) try {
  static const Folder folder;
  std::ofstream(folder.path / "tokenizer.json", std::ios::binary) << bytes;
  const auto loaded = loadTokenizer(folder.path);
  loaded->decode(loaded->encode("How often do you drink tea, 42 times a day?", {}));
} catch (const Error&) {
}

}  // namespace canvass::fuzz
