#include "jinja/token_stream.h"

#include <fmt/format.h>

#include <algorithm>

#include "jinja/budget.h"

namespace canvass::jinja {
namespace {

std::string described(const Token& token) {
  return token.kind == TokenKind::end ? "the end of the template" : "'" + token.text + "'";
}

}  // namespace

const Token& TokenStream::peek(std::size_t ahead) const {
  return tokens_[std::min(position_ + ahead, tokens_.size() - 1)];
}

Token TokenStream::next() {
  Token token = peek();
  if (position_ + 1 < tokens_.size()) ++position_;
  return token;
}

bool TokenStream::takeName(const char* name) {
  if (!atName(name)) return false;
  next();
  return true;
}

bool TokenStream::takeSign(const char* sign) {
  if (!atSign(sign)) return false;
  next();
  return true;
}

void TokenStream::expectSign(const char* sign) {
  if (takeSign(sign)) return;
  fail("expected '" + std::string(sign) + "' instead of " + described(peek()));
}

Token TokenStream::expect(TokenKind kind, const char* what) {
  if (peek().kind == kind) return next();
  fail("expected " + std::string(what) + " instead of " + described(peek()));
}

void TokenStream::fail(const std::string& message) const { source_.fail(peek().at, message); }

void TokenStream::checkHeight(int height) const {
  if (height <= kMaxExpressionHeight) return;
  fail(fmt::format("the template nests more than {} expressions", kMaxExpressionHeight));
}

TokenStream::Level::Level(TokenStream& stream) : stream_(stream) {
  if (stream_.depth_ >= kMaxWrittenDepth) {
    stream_.fail(
        fmt::format("the template nests more than {} brackets or blocks", kMaxWrittenDepth));
  }
  ++stream_.depth_;
}

}  // namespace canvass::jinja
