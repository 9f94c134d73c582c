#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>

namespace canvass {

// Whether all of it is hexadecimal digits in lower case.
bool isHexadecimal(std::string_view text);

// Whether an ETag, without quotes, is a sum that a file can be checked by: the SHA-256 of a large
// file or Git's SHA-1 of a small one, in lower-case hexadecimal. Nothing else may become part of a
// path.
bool isContentSum(const std::string& etag);

// The sum of this kind of a file: of its bytes, or, as Git does it, of "blob SIZE", a zero byte and
// its bytes. Throws Error if the file cannot be read.
std::string contentSumLike(const std::string& etag, const std::filesystem::path& file);

}  // namespace canvass
