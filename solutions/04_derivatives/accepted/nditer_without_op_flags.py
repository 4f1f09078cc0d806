import numpy as np

h = 1e-6

def simple_derivative(function, point):
     left, right = function(point - h), function(point + h)
     return 0.5 * (right - left) / h

def numerical_derivative(function, point):
     point = np.array(point, float)
     result = np.zeros(point.shape)
     walker = np.nditer(point, flags=["multi_index", "zerosize_ok"])
     for _ in walker:
          here = walker.multi_index
          kept = point[here]
          point[here] = kept - h
          left = function(point.copy())
          point[here] = kept + h
          right = function(point.copy())
          point[here] = kept
          result[here] = (right - left) / h / 2
     return result

def numerical_derivative_debug(function, point):
     result = np.zeros(point.shape)
     print("debug 1. initial input variable = " + str(point))
     print("debug 2. initial grad = " + str(result))
     walker = np.nditer(point, ["multi_index"], [["readwrite"]])
     for element in walker:
          here = walker.multi_index
          kept = float(element)
          print("debug 3. idx = %s, x[idx] = %s" % (here, kept))
          element[...] = kept + h
          right = function(point)
          element[...] = kept - h
          left = function(point)
          element[...] = kept
          result[here] = (right - left) / (2 * h)
          print("debug 4. grad[idx] = " + str(result[here]))
          print("debug 5. grad = " + str(result))
     return result

def problem3():
     gradient = numerical_derivative(lambda p: 2 * p[0] + 3 * p[0] * p[1] + p[1] ** 3, np.array([1.0, 2.0]))
     return list(gradient)

def problem4():
     def f(p):
          w, x, y, z = p.ravel()
          return w * x + x * y * z + 3 * w + z * y * y
     return numerical_derivative(f, np.array([[1, 2], [3, 4]]))

def derivative_of_int_input():
     x = np.array([3])
     step = 1e-5
     x[0] = 3 + step
     right = x[0] ** 2
     x[0] = 3 - step
     left = x[0] ** 2
     return (right - left) / (2 * step)

def derivative_of_float_input():
     return float(numerical_derivative(lambda p: p.sum() ** 2, np.array([3.0]))[0])

WHY_INT_INPUT = "An integer array cuts 3.00001 to 3 and 2.99999 to 2, so 5 is divided by 0.00002."

def chain_rule_derivative(x):
     return 6 * x * np.e ** (3 * x * x)
