#pragma once

#include <algorithm>
#include <memory>
#include <utility>

#include "jinja/expressions.h"
#include "jinja/token_stream.h"

namespace canvass::jinja {

// Reads the expressions of a template, in Jinja's order of precedence. Throws Error at the token
// that does not fit.
class ExpressionParser {
 public:
  explicit ExpressionParser(TokenStream& tokens) : tokens_(tokens) {}

  // One expression, inline if included.
  ExpressionPointer parse();
  // One without an inline if: what `for x in ...` iterates over, so that "if" is the loop's.
  ExpressionPointer parseWithoutCondition();
  // As parse(), but commas make a tuple.
  ExpressionPointer parseTuple();
  // "(a, b=c)"; nothing if there is no "(".
  ArgumentExpressions parseArguments();
  void parseArgument(ArgumentExpressions& arguments);

 private:
  // An expression made of parts. Throws Error if they make it too high.
  template <typename Node, typename... Parts>
  ExpressionPointer make(std::size_t at, Parts&&... parts) {
    const int height = 1 + std::max({0, heightOf(parts)...});
    tokens_.checkHeight(height);
    auto node = std::make_unique<Node>(at, std::forward<Parts>(parts)...);
    node->setHeight(height);
    return node;
  }
  ExpressionPointer parseConjunction();
  ExpressionPointer parseNegation();
  ExpressionPointer parseComparison();
  ExpressionPointer parseSum();
  ExpressionPointer parseConcatenation();
  ExpressionPointer parseProduct();
  ExpressionPointer parsePower();
  ExpressionPointer parseSign(bool withFilters);
  ExpressionPointer parsePrimary();
  ExpressionPointer parseName();
  ExpressionPointer parseString();
  ExpressionPointer parseNumber();
  ExpressionPointer parseParentheses();
  ExpressionPointer parseList();
  ExpressionPointer parseDictionary();
  ExpressionPointer parsePostfix(ExpressionPointer value);
  ExpressionPointer parseFiltersAndTests(ExpressionPointer value);
  ExpressionPointer parseMember(ExpressionPointer value);
  ExpressionPointer parseSubscript(ExpressionPointer value);
  ExpressionPointer parseSlicePart();
  ExpressionPointer parseCall(ExpressionPointer function);
  ExpressionPointer parseTest(ExpressionPointer value);
  ArgumentExpressions parseTestArguments();
  std::string comparisonOperator();

  TokenStream& tokens_;
};

}  // namespace canvass::jinja
