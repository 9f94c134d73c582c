#pragma once

#include <string>
#include <string_view>

namespace canvass {

// Rewrites an Oniguruma regular expression, the dialect of tokenizer.json, for PCRE2 with UTF and
// UCP, so that it matches the same text: `\s` means Unicode's White_Space there (PCRE2 adds the
// Mongolian vowel separator), `\w` includes marks. Throws Error at `where` for syntax that the two
// read differently and this does not translate.
std::string onigurumaToPcre2(std::string_view source, const std::string& where);

}  // namespace canvass
